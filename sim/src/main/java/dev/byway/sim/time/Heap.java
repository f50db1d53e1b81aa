package dev.byway.sim.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Actions in order of two numbers, the second one deciding between equal first ones. A heap of four children a node, with the
 * numbers beside each other and apart from the actions: finding the next one is most of what the agenda of a large fleet costs,
 * and that is reading memory.
 */
final class Heap {
    private static final int CHILDREN = 4;

    private long[] keys = new long[2 * 64];
    private @Nullable Runnable[] actions = new Runnable[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The first number of what is next; there must be something. */
    long firstKey() {
        return keys[0];
    }

    void add(long key, long order, Runnable action) {
        if (size == actions.length) {
            keys = Arrays.copyOf(keys, 2 * keys.length);
            actions = Arrays.copyOf(actions, 2 * actions.length);
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) / CHILDREN;
            if (!isBefore(key, order, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, key, order, action);
    }

    /** Takes what is next. */
    Runnable poll() {
        Runnable first = actions[0];
        if (size == 0 || first == null) {
            throw new IllegalStateException("nothing is planned");
        }
        int last = --size;
        long key = keys[2 * last];
        long order = keys[2 * last + 1];
        Runnable action = actions[last];
        actions[last] = null;
        if (last > 0) {
            put(sink(key, order), key, order, action);
        }
        return first;
    }

    /** Moves up what comes before these numbers, from the top on; where they belong then. */
    private int sink(long key, long order) {
        int hole = 0;
        while (true) {
            int first = CHILDREN * hole + 1;
            int end = Math.min(first + CHILDREN, size);
            int least = first;
            for (int child = first + 1; child < end; child++) {
                if (isBefore(keys[2 * child], keys[2 * child + 1], least)) {
                    least = child;
                }
            }
            if (first >= size || isBefore(key, order, least)) {
                return hole;
            }
            move(least, hole);
            hole = least;
        }
    }

    private boolean isBefore(long key, long order, int place) {
        long other = keys[2 * place];
        return key < other || (key == other && order < keys[2 * place + 1]);
    }

    private void move(int from, int to) {
        put(to, keys[2 * from], keys[2 * from + 1], actions[from]);
    }

    private void put(int place, long key, long order, @Nullable Runnable action) {
        keys[2 * place] = key;
        keys[2 * place + 1] = order;
        actions[place] = action;
    }
}
