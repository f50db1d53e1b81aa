package dev.byway.cli.setting;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A configuration file in YAML, parsed: names and values, nested or with dots, and the line of each dotted name.
 *
 * @param path as it was given
 * @param values for {@code SettingsReader}
 * @param lines by dotted name, from 1
 */
record ConfigurationFile(Path path, Map<String, @Nullable Object> values, Map<String, Integer> lines) {
    /** Longest file, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 8;

    /**
     * Reads and parses a file.
     *
     * @throws CommandException when it cannot be read or is no YAML mapping; names the line
     */
    static ConfigurationFile read(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw CommandException.wrongUsage("the configuration file " + path + " is longer than " + MAX_BYTES
                        + " bytes: give another one with --config");
            }
            return parse(path, Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CommandException.wrongUsage("cannot read the configuration file " + path + " (" + Trouble.of(e)
                    + "): correct --config, or the file's owner and rights");
        }
    }

    static ConfigurationFile parse(Path path, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(path.toString())
                .setCodePointLimit(MAX_BYTES)
                .setMaxAliasesForCollections(0)
                .build();
        try {
            Map<String, Integer> lines = new LinkedHashMap<>();
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                return new ConfigurationFile(path, Map.of(), Map.of());
            }
            addLines("", root.get(), lines, 0);
            return new ConfigurationFile(path, mapping(path, new Load(settings).loadFromString(text)), lines);
        } catch (YamlEngineException | ClassCastException e) {
            throw CommandException.wrongUsage(
                    "the configuration file " + path + " is not YAML that can be used" + where(e));
        }
    }

    private static Map<String, @Nullable Object> mapping(Path path, @Nullable Object loaded) {
        if (!(loaded instanceof Map<?, ?> map)) {
            throw CommandException.wrongUsage("the configuration file " + path
                    + " must consist of lines 'name: value', such as 'peer.port: 7680'");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        return values;
    }

    private static void addLines(String prefix, Node node, Map<String, Integer> lines, int depth) {
        if (!(node instanceof MappingNode mapping) || depth > MAX_DEPTH) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                String name = prefix.isEmpty() ? key.getValue() : prefix + "." + key.getValue();
                key.getStartMark().ifPresent(mark -> lines.put(name, mark.getLine() + 1));
                addLines(name, tuple.getValueNode(), lines, depth + 1);
            }
        }
    }

    private static String where(RuntimeException trouble) {
        if (trouble instanceof MarkedYamlEngineException marked) {
            return marked.getProblemMark()
                    .map(mark -> ": line " + (mark.getLine() + 1) + ", " + marked.getProblem())
                    .orElse("");
        }
        return trouble.getMessage() == null
                ? ""
                : ": " + trouble.getMessage().lines().findFirst().orElse("");
    }
}
