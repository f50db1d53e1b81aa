package dev.byway.agent.api;

import java.util.regex.Pattern;

/** Names that can mean nothing but this machine: a loopback address literal, or {@code localhost}. */
final class LoopbackName {
    private static final Pattern NAME = Pattern.compile(
            "127(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|\\[::1]|localhost", Pattern.CASE_INSENSITIVE);

    private LoopbackName() {}

    /** Whether {@code host} is one; IPv6 in brackets. */
    static boolean is(String host) {
        return NAME.matcher(host).matches();
    }
}
