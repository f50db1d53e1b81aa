package dev.byway.core.doctor.microsoft;

import dev.byway.core.ports.MicrosoftNeed;
import dev.byway.core.ports.PortNumber;
import dev.byway.core.ports.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one table of the hosts that are tried: one for each thing that a device asks for, with the row of the ports that says why it
 * does. Names are those of Microsoft's pages on workflow and endpoints. Where these say {@code kv*} or {@code array*}, the number is
 * one that devices were seen to be sent to; the first service, {@link #GEO}, sends each to those of its region.
 */
public enum MicrosoftHost {
    GEO(MicrosoftNeed.SERVICES, "geo.prod.do.dsp.mp.microsoft.com"),
    KEY_VALUE(MicrosoftNeed.SERVICES, "kv801.prod.do.dsp.mp.microsoft.com"),
    CONTENT_POLICY(MicrosoftNeed.SERVICES, "cp801.prod.do.dsp.mp.microsoft.com"),
    DISCOVERY(MicrosoftNeed.SERVICES, "disc801.prod.do.dsp.mp.microsoft.com"),
    ARRAY(MicrosoftNeed.SERVICES, "array807.prod.do.dsp.mp.microsoft.com"),
    DELIVERY(MicrosoftNeed.METADATA, "dl.delivery.mp.microsoft.com"),
    STORE_DELIVERY(MicrosoftNeed.METADATA, "tlu.dl.delivery.mp.microsoft.com"),
    UPDATES(MicrosoftNeed.METADATA, "download.windowsupdate.com"),
    /** With the file by which Microsoft's pages on Connected Cache have one tested. */
    UPDATE_FILES(MicrosoftNeed.CONTENT, "au.download.windowsupdate.com", "/mscomtest/wuidt.gif"),
    TEREDO(MicrosoftNeed.TEREDO, "win1910.ipv6.microsoft.com");

    private final String need;
    private final Transport transport;
    private final int port;
    private final String host;
    private final String file;

    MicrosoftHost(MicrosoftNeed need, String host) {
        this(need, host, "/");
    }

    MicrosoftHost(MicrosoftNeed need, String host, String file) {
        this.need = need.label();
        this.transport = need.transport();
        this.port = number(need);
        this.host = host;
        this.file = file;
    }

    private static int number(MicrosoftNeed need) {
        return switch (need.port()) {
            case PortNumber.One(int number) -> number;
            case PortNumber.Any any ->
                throw new IllegalArgumentException(need.label() + " is asked on port " + any.label());
        };
    }

    /** All that are needed for one thing. */
    public static List<MicrosoftHost> of(MicrosoftNeed need) {
        return Arrays.stream(values())
                .filter(one -> one.need.equals(need.label()))
                .toList();
    }

    /** Those that are asked by plain HTTP. */
    public static List<MicrosoftHost> overHttp() {
        return Stream.of(MicrosoftNeed.METADATA, MicrosoftNeed.CONTENT)
                .flatMap(need -> of(need).stream())
                .toList();
    }

    /** Its name. */
    public String host() {
        return host;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** Over what it is asked. */
    public Transport transport() {
        return transport;
    }

    /** What is asked for, by HTTP. */
    public String file() {
        return file;
    }

    /** Whether devices ask exactly this host, and not one of its siblings. */
    boolean certain() {
        return this != KEY_VALUE && this != CONTENT_POLICY && this != DISCOVERY && this != ARRAY;
    }
}
