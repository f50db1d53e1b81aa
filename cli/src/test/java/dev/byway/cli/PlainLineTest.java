package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.cli.command.GlobalOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which command lines are run without the parser, and that they mean the same to it. */
class PlainLineTest {
    @Command(name = "byway")
    @SuppressWarnings("UnusedMethod") // they are the parser's
    private static final class Root {
        @Mixin
        final GlobalOptions options = new GlobalOptions();

        @Command(name = "agent")
        void agent() {}

        @Command(name = "peers")
        void peers() {}

        @Command(name = "status")
        void status() {}
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "peers --json",
                "--state folder status --json",
                "status --state folder --config file --set a=b --set c=d=e",
                "agent --set peer.port=0 --state folder",
                "agent --set a=1,2 --set b=x'y"
            })
    void aPlainLineMeansWhatTheParserMakesOfIt(String line) {
        PlainLine plain = PlainLine.of(words(line)).orElseThrow();
        Root root = new Root();
        CommandLine.ParseResult parsed = new CommandLine(root).parseArgs(words(line));
        assertThat(plain.command()).isEqualTo(parsed.subcommand().commandSpec().name());
        assertThat(plain.options()).usingRecursiveComparison().isEqualTo(root.options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "get http://h/x",
                "why",
                "status --help",
                "status -V",
                "status status",
                "status peers",
                "status extra",
                "status --json --json",
                "status --state",
                "status --state -x",
                "status --state=folder",
                "status --state a --state b",
                "status --set \"a=b\"",
                "status --profile microsoft",
                "agent --end-with-input",
                "help status"
            })
    void allElseIsForTheParser(String line) {
        assertThat(PlainLine.of(words(line))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "--json one two", "--state two one", "--set=a=two one --help"})
    void ofTheCommandsOnlyTheOneThatIsNamedIsDescribed(String line) {
        assertThat(described(line)).containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "three", "help one", "--help one", "-x one", "--state one", "completion"})
    void allAreDescribedToALineAboutAllOrNone(String line) {
        assertThat(described(line)).containsExactly("one", "two", "help", "completion");
    }

    @Test
    void aStateFolderIsAPath() {
        assertThat(PlainLine.of("status", "--state", "a b")
                        .orElseThrow()
                        .options()
                        .state())
                .contains(Path.of("a b"));
    }

    private static Iterable<String> described(String line) {
        CommandLine root = new CommandLine(new Named());
        new Subcommands()
                .add("one", Named::new)
                .add("two", Named::new)
                .add("help", Named::new)
                .add("completion", Named::new)
                .describe(root, words(line));
        return root.getSubcommands().keySet();
    }

    @Command
    private static final class Named {}
}
