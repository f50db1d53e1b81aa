package dev.byway.cli.doctor;

import dev.byway.cli.command.CommandException;
import dev.byway.core.account.PlainText;
import dev.byway.core.doctor.Question;
import dev.byway.core.fleet.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A neighbour as people name it: a host's name or IPv4 address, with {@code :PORT} or without; an IPv6 address, in brackets where a
 * port follows.
 *
 * @param host name or address
 * @param port where it is said to take links
 */
record PeerName(String host, int port) {
    private static final int LONGEST = 255;
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):([0-9]{1,5})");

    /**
     * Reads one.
     *
     * @param usual the port when none is named
     * @throws CommandException when it is no such name
     */
    static PeerName parse(String text, int usual) {
        String name = text.strip();
        Matcher parts = WITH_PORT.matcher(name);
        boolean ported = parts.matches();
        String host = ported
                ? Optional.ofNullable(parts.group(1)).orElseGet(() -> parts.group(2))
                : name.replaceAll("^\\[|]$", "");
        int port = ported ? Integer.parseInt(parts.group(3)) : usual;
        boolean odd = host.isEmpty()
                || host.length() > LONGEST
                || host.contains("/")
                || host.contains(" ")
                || host.chars().filter(c -> c == ':').count() == 1;
        if (odd || port < 1 || port > 65_535) {
            throw CommandException.wrongUsage(
                    "--peer takes HOST or HOST:PORT, an IPv6 address in brackets if a port follows, not "
                            + PlainText.of(name));
        }
        return new PeerName(host, port);
    }

    /**
     * Where it takes links, {@link Question#MOST_ADDRESSES} addresses at the most. May block: it asks DNS.
     *
     * @throws CommandException when nobody knows it
     */
    List<Endpoint> resolve() {
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .limit(Question.MOST_ADDRESSES)
                    .map(address -> new Endpoint(address, port))
                    .toList();
        } catch (UnknownHostException e) {
            throw CommandException.failed("the name " + PlainText.of(host)
                    + " of --peer has no address here: correct it, or give the address itself");
        }
    }
}
