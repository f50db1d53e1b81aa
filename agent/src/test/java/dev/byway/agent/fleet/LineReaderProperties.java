package dev.byway.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class LineReaderProperties {
    @Property(tries = 200)
    void linesComeBackAsTheyWereWritten(@ForAll List<@AlphaChars @StringLength(max = 20) String> lines)
            throws IOException {
        String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        assertThat(read(text + "unfinished", 20)).isEqualTo(lines);
    }

    @Example
    void aLineThatIsTooLongEndsTheStream() {
        assertThatThrownBy(() -> read("x".repeat(21) + "\n", 20)).isInstanceOf(IOException.class);
    }

    private static List<String> read(String text, int max) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), max);
        List<String> lines = new ArrayList<>();
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
            lines.add(new String(line.get(), StandardCharsets.UTF_8));
        }
        return lines;
    }
}
