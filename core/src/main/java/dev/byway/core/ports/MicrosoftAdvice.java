package dev.byway.core.ports;

/** Common advice about Delivery Optimization's ports that is wrong, what is right, and who says so. */
public enum MicrosoftAdvice {
    INBOUND_443(
            "open TCP 443 inbound on devices",
            "443 goes out only, to the services; Microsoft's table of endpoints says that all its ports are outbound",
            MicrosoftPages.ENDPOINTS),
    TEREDO_ON_THE_LAN(
            "open 3544 so that devices of one LAN find each other",
            "Teredo is for peers behind other NATs, in modes 2 and 3; on the LAN TCP 7680 is enough",
            MicrosoftPages.PORTS_CORRECTED),
    TCP_3544(
            "open TCP 3544, as older pages say",
            "Teredo is UDP; Microsoft corrected its own answer in 2024",
            MicrosoftPages.PORTS_CORRECTED),
    ONLY_3544(
            "let out UDP 3544 and nothing else of UDP",
            "3544 is the server's port: the data goes to the mapped ports of other devices, which are any, from a dynamic one",
            MicrosoftPages.TEREDO);

    private final String wrong;
    private final String right;
    private final String source;

    MicrosoftAdvice(String wrong, String right, String source) {
        this.wrong = wrong;
        this.right = right;
        this.source = source;
    }

    /** What is said. */
    public String wrong() {
        return wrong;
    }

    /** What is so. */
    public String right() {
        return right;
    }

    /** Who says so. */
    public String source() {
        return source;
    }
}
