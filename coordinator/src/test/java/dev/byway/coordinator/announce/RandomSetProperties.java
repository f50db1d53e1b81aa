package dev.byway.coordinator.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RandomSetProperties {
    @Property(tries = 200)
    void behavesLikeASet(@ForAll @Size(max = 200) List<@IntRange(max = 40) Integer> steps) {
        RandomSet<Integer> set = new RandomSet<>();
        Set<Integer> model = new HashSet<>();
        for (int step : steps) {
            if (step % 2 == 0) {
                assertThat(set.add(step / 2)).isEqualTo(model.add(step / 2));
            } else {
                set.remove(step / 2);
                model.remove(step / 2);
            }
            assertThat(set.size()).isEqualTo(model.size());
        }
        assertThat(set.draw(set.size(), new SplittableRandom(1))).containsExactlyInAnyOrderElementsOf(model);
    }

    @Property(tries = 200)
    void drawsAsManyDifferentOnesAsAskedFor(
            @ForAll @IntRange(max = 300) int size, @ForAll @IntRange(max = 60) int max, @ForAll long seed) {
        RandomSet<Integer> set = new RandomSet<>();
        for (int i = 0; i < size; i++) {
            set.add(i);
        }
        List<Integer> drawn = set.draw(max, new SplittableRandom(seed));
        assertThat(drawn).hasSize(Math.min(size, max)).doesNotHaveDuplicates();
    }
}
