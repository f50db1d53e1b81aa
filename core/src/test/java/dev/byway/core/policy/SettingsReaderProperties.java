package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class SettingsReaderProperties {
    @Provide
    Arbitrary<Setting<?>> settings() {
        return Arbitraries.of(Settings.TABLE.all());
    }

    @Provide
    Arbitrary<String> plausible() {
        Arbitrary<String> noise = Arbitraries.strings().ascii().ofMaxLength(20);
        Arbitrary<String> parts = Arbitraries.of(
                "0",
                "1",
                "7680",
                "99999999999999",
                "1.5",
                " GB",
                "MB",
                "Mbit/s",
                "%",
                "-",
                ",",
                "https://",
                "http://[",
                "a.example",
                "10.0.0.0",
                "/8",
                "::",
                "2001:db8::",
                "berlin=",
                "8-17 25% 80%",
                "on",
                "\u0000",
                "é",
                "@",
                " ");
        return Arbitraries.oneOf(noise, parts.list().ofMaxSize(6).map(list -> String.join("", list)));
    }

    @Property(tries = 5000)
    void anyTextIsAValueOrTheOneTypedErrorAndValuesSurviveWriting(
            @ForAll("settings") Setting<?> setting, @ForAll("plausible") String text) {
        readAndWrite(setting, text);
    }

    private static <T> void readAndWrite(Setting<T> setting, String text) {
        T value;
        try {
            value = setting.type().parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(setting.type().parse(setting.type().format(value))).isEqualTo(value);
    }

    @Provide
    Arbitrary<Object> documents() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(10).asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.of(Settings.TABLE.all()).map(Setting::name), Arbitraries.of("peer", "port", "", "x.y"));
        Arbitrary<Object> flat =
                Arbitraries.oneOf(leaf, leaf.list().ofMaxSize(3).asGeneric());
        return Arbitraries.recursive(
                () -> flat,
                inner -> Arbitraries.oneOf(
                        flat, Arbitraries.maps(names, inner).ofMaxSize(4).asGeneric()),
                0,
                3);
    }

    @Property(tries = 200)
    void anyDocumentIsReadOrRefusedWithSettingsExceptionAndStopsNoDeviceAsFleet(@ForAll("documents") Object document) {
        Map<String, Object> map = Map.of("document", document, "peer", document);
        try {
            new SettingsReader(Platform.LINUX).file("f", map).read();
        } catch (SettingsException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
        }
        assertThat(new SettingsReader(Platform.LINUX).fleet(map).read().all()).isNotEmpty();
    }

    @Property
    void anyAssignmentIsReadOrRefusedWithSettingsException(
            @ForAll("plausible") String name, @ForAll("plausible") String value) {
        try {
            new SettingsReader(Platform.LINUX)
                    .commandLine(List.of(name + "=" + value))
                    .read();
        } catch (SettingsException e) {
            assertThat(e.problems()).hasSize(1);
        }
    }

    @Provide
    Arbitrary<String> misspelt() {
        return Combinators.combine(
                        settings(),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.chars().alpha())
                .as((setting, place, letter) -> {
                    StringBuilder name = new StringBuilder(setting.name());
                    name.setCharAt(place % name.length(), letter);
                    return name.toString();
                });
    }

    @Property
    void aNameWithOneWrongLetterIsRecognised(@ForAll("misspelt") String name) {
        String near = Settings.TABLE.nearest(name).orElseThrow();
        assertThat(Spelling.distance(name, near)).isLessThanOrEqualTo(1);
    }

    @Property
    void distanceIsSymmetricAndZeroOnlyForTheSameWord(
            @ForAll @StringLength(max = 12) String a, @ForAll @StringLength(max = 12) String b) {
        assertThat(Spelling.distance(a, b)).isEqualTo(Spelling.distance(b, a));
        assertThat(Spelling.distance(a, a)).isZero();
    }
}
