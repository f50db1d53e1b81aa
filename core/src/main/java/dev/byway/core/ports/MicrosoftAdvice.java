package dev.byway.core.ports;

import java.util.List;

/**
 * Common advice about Delivery Optimization's ports that is wrong.
 *
 * @param wrong what is said
 * @param right what is so
 * @param source who says so
 */
public record MicrosoftAdvice(String wrong, String right, String source) {
    /** All of it. */
    public static final List<MicrosoftAdvice> ALL = List.of(
            new MicrosoftAdvice(
                    "open TCP 443 inbound on devices",
                    "443 goes out only, to the services; Microsoft's table of endpoints says that all its ports are outbound",
                    MicrosoftPages.ENDPOINTS),
            new MicrosoftAdvice(
                    "open 3544 so that devices of one LAN find each other",
                    "Teredo is for peers behind other NATs, in modes 2 and 3; on the LAN TCP 7680 is enough",
                    MicrosoftPages.PORTS_CORRECTED),
            new MicrosoftAdvice(
                    "open TCP 3544, as older pages say",
                    "Teredo is UDP; Microsoft corrected its own answer in 2024",
                    MicrosoftPages.PORTS_CORRECTED),
            new MicrosoftAdvice(
                    "let out UDP 3544 and nothing else of UDP",
                    "3544 is the server's port: the data goes to the mapped ports of other devices, which are any, from a dynamic one",
                    MicrosoftPages.TEREDO));
}
