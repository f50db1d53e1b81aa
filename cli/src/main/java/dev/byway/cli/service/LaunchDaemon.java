package dev.byway.cli.service;

import java.util.List;
import java.util.stream.Collectors;

/** The property list for launchd, launchd.plist(5). Written, and not run anywhere yet. */
final class LaunchDaemon {
    private LaunchDaemon() {}

    static String label(ServiceRole role) {
        return "dev.byway." + role.command();
    }

    static String text(Service service) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <plist version="1.0">
                <dict>
                    <key>Label</key>
                    <string>%s</string>
                    <key>ProgramArguments</key>
                    <array>
                %s
                    </array>
                    <key>EnvironmentVariables</key>
                    <dict>
                        <key>BYWAY_NO_BUILD</key>
                        <string>1</string>
                    </dict>
                    <key>UserName</key>
                    <string>%s</string>
                    <key>Umask</key>
                    <string>077</string>
                    <key>RunAtLoad</key>
                    <true/>
                    <key>KeepAlive</key>
                    <dict>
                        <key>SuccessfulExit</key>
                        <false/>
                    </dict>
                    <key>ThrottleInterval</key>
                    <integer>10</integer>
                    <key>ExitTimeOut</key>
                    <integer>20</integer>
                    <key>SoftResourceLimits</key>
                    <dict>
                        <key>NumberOfFiles</key>
                        <integer>65536</integer>
                    </dict>
                    <key>HardResourceLimits</key>
                    <dict>
                        <key>NumberOfFiles</key>
                        <integer>65536</integer>
                    </dict>
                    <key>StandardErrorPath</key>
                    <string>%s/service.log</string>
                </dict>
                </plist>
                """.formatted(
                label(service.role()), arguments(service), service.user(), Markup.escaped(service.stateFolder()));
    }

    private static String arguments(Service service) {
        return List.of(
                        service.program(),
                        service.role().command(),
                        "--state",
                        service.stateFolder(),
                        "--config",
                        service.settingsFile())
                .stream()
                .map(word -> "        <string>" + Markup.escaped(word) + "</string>")
                .collect(Collectors.joining("\n"));
    }
}
