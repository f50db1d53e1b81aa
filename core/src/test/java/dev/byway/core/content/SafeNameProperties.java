package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SafeNameProperties {
    private static final Path FOLDER = Path.of("/srv/folder");

    @Property
    void everyStringIsEitherSafeOrRefusedWithAReason(@ForAll("names") String name) {
        if (SafeName.problemWith(name).isPresent()) {
            assertThatThrownBy(() -> new SafeName(name)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        SafeName safe = new SafeName(name);
        Path resolved = FOLDER.resolve(safe.value());
        assertThat(resolved.normalize()).as("already normal").isEqualTo(resolved);
        assertThat(resolved).startsWithRaw(FOLDER).isNotEqualTo(FOLDER);
        assertThat(resolved.getNameCount())
                .isEqualTo(FOLDER.getNameCount() + safe.segments().size());
    }

    /** Strings of what is dangerous, mixed with anything. */
    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> piece = Arbitraries.of(
                        "..", ".", "/", "\\", "a", "b c", "NUL", "com1", ":", " ", "%2e", "ü", "\u0000", "\u202e",
                        "\ud800")
                .edgeCases(cases -> {});
        Arbitrary<String> mixed =
                piece.list().ofMaxSize(8).map(parts -> parts.stream().collect(Collectors.joining()));
        Arbitrary<String> tame = Arbitraries.of("a", "bb", "c.txt", "größe")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(SafeNameProperties::joined);
        return Arbitraries.oneOf(Arbitraries.strings(), mixed, tame);
    }

    private static String joined(List<String> segments) {
        return String.join("/", segments);
    }
}
