package dev.byway.sim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The next action is the one with the least numbers, whatever came and went before. */
class HeapTest {
    private record Planned(long key, long order) {}

    @Test
    void takesActionsInOrderOfBothNumbers() {
        SplittableRandom random = new SplittableRandom(7);
        PriorityQueue<Planned> expected =
                new PriorityQueue<>(Comparator.comparingLong(Planned::key).thenComparingLong(Planned::order));
        Heap heap = new Heap();
        List<Planned> ran = new ArrayList<>();
        for (long order = 0; order < 20_000; order++) {
            Planned planned = new Planned(random.nextLong(300), order);
            expected.add(planned);
            heap.add(planned.key(), order, () -> ran.add(planned));
            while (random.nextInt(100) < 48 && !heap.isEmpty()) {
                takesWhatIsNext(heap, expected, ran);
            }
        }
        while (!expected.isEmpty()) {
            takesWhatIsNext(heap, expected, ran);
        }
        assertThat(heap.isEmpty()).isTrue();
    }

    private static void takesWhatIsNext(Heap heap, PriorityQueue<Planned> expected, List<Planned> ran) {
        Planned next = expected.remove();
        assertThat(heap.firstKey()).isEqualTo(next.key());
        heap.poll().run();
        assertThat(ran.getLast()).isEqualTo(next);
    }

    @Test
    void hasNothingToGiveWhenItIsEmpty() {
        assertThatThrownBy(() -> new Heap().poll()).isInstanceOf(IllegalStateException.class);
    }
}
