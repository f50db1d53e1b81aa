package dev.byway.cli.service;

/**
 * The unit for systemd. It takes from the service all that an agent or a coordinator never needs: what is left to a peer that
 * finds a hole in the program is one folder and the network. {@code systemd-analyze security} rates it.
 */
final class SystemdUnit {
    private static final String HARDENING = """
            NoNewPrivileges=yes
            PrivateTmp=yes
            PrivateDevices=yes
            ProtectSystem=strict
            ProtectHome=yes
            ProtectClock=yes
            ProtectHostname=yes
            ProtectKernelLogs=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            ProtectControlGroups=yes
            LockPersonality=yes
            RemoveIPC=yes
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            # AF_UNIX for the system's bus (which networks are metered), AF_NETLINK for name look-ups of the C library.
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged
            SystemCallErrorNumber=EPERM
            # Must stay off: the Java runtime compiles while it runs, that is, writes machine code and then executes it.
            MemoryDenyWriteExecute=no
            """;

    private SystemdUnit() {}

    static String text(Service service) {
        ServiceRole role = service.role();
        return """
                [Unit]
                Description=%s
                Wants=network-online.target
                After=network-online.target

                [Service]
                Type=exec
                ExecStart=%s %s --state %s --config %s
                Environment=BYWAY_NO_BUILD=1
                User=%s
                Group=%s
                StateDirectory=%s
                StateDirectoryMode=0700
                UMask=0077
                LimitNOFILE=65536
                Restart=on-failure
                RestartSec=5
                # 2 is a setting that makes no sense: starting again does not mend it.
                RestartPreventExitStatus=2
                TimeoutStopSec=20

                %s%s
                [Install]
                WantedBy=multi-user.target
                """.formatted(
                        role.description(),
                        word(service.program()),
                        role.command(),
                        word(service.stateFolder()),
                        word(service.settingsFile()),
                        service.user(),
                        service.user(),
                        role.unit(),
                        HARDENING,
                        capabilities(role));
    }

    /** An agent needs none; a coordinator listens on 443. */
    private static String capabilities(ServiceRole role) {
        return switch (role) {
            case AGENT -> "CapabilityBoundingSet=\n";
            case COORDINATOR ->
                "CapabilityBoundingSet=CAP_NET_BIND_SERVICE\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n";
        };
    }

    /** One word of a command line; systemd.service(5) and systemd.syntax(7) say what is special in it. */
    static String word(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("%", "%%")
                .replace("$", "$$");
        return escaped.chars().anyMatch(c -> " ';#\"\t".indexOf(c) >= 0) ? '"' + escaped + '"' : escaped;
    }
}
