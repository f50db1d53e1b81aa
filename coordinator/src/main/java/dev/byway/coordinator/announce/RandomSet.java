package dev.byway.coordinator.announce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A set from which random members are drawn in time that does not depend on its size. One owner. */
final class RandomSet<T> {
    private final List<T> items = new ArrayList<>();
    private final Map<T, Integer> places = new HashMap<>();

    int size() {
        return items.size();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    boolean contains(T item) {
        return places.containsKey(item);
    }

    /** Whether it was not there before. */
    boolean add(T item) {
        if (places.putIfAbsent(item, items.size()) != null) {
            return false;
        }
        items.add(item);
        return true;
    }

    void remove(T item) {
        Integer place = places.remove(item);
        if (place == null) {
            return;
        }
        T last = items.removeLast();
        if (place < items.size()) {
            items.set(place, last);
            places.put(last, place);
        }
    }

    /** Up to {@code max} different members in random order. */
    List<T> draw(int max, RandomGenerator random) {
        if (items.size() <= 2 * max) {
            List<T> all = new ArrayList<>(items);
            Collections.shuffle(all, random);
            return all.subList(0, Math.min(max, all.size()));
        }
        Set<T> drawn = new LinkedHashSet<>();
        while (drawn.size() < max) {
            drawn.add(items.get(random.nextInt(items.size())));
        }
        return new ArrayList<>(drawn);
    }
}
