package dev.byway.cli.service;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a service is, as the system says.
 *
 * @param installed whether there is a definition
 * @param running whether it runs now
 * @param enabled whether it comes up with the machine
 * @param words the system's own, such as {@code active (running)}
 * @param user whom it runs as; empty if not installed
 * @param definition the file; empty if not installed
 */
record ServiceState(boolean installed, boolean running, boolean enabled, String words, String user, String definition) {
    /** The properties that {@link #of} reads. */
    static final String PROPERTIES = "LoadState,ActiveState,SubState,UnitFileState,User,FragmentPath";

    /** From what {@code systemctl show} prints: a line {@code name=value} for each property. */
    static ServiceState of(String shown) {
        Map<String, String> values = shown.lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, _) -> first));
        Function<String, String> value = name -> values.getOrDefault(name, "");
        return new ServiceState(
                value.apply("LoadState").equals("loaded"),
                value.apply("ActiveState").equals("active"),
                value.apply("UnitFileState").equals("enabled"),
                value.apply("ActiveState") + " (" + value.apply("SubState") + ")",
                value.apply("User"),
                value.apply("FragmentPath"));
    }
}
