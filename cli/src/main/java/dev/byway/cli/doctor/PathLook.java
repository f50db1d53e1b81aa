package dev.byway.cli.doctor;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.ports.Tools;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.LinkLayer;
import dev.byway.core.doctor.PathRules;
import dev.byway.core.doctor.Result;
import dev.byway.core.ports.Command;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The way to the gateway, the coordinator and the neighbours, below TCP. Linux, with its own tools. */
record PathLook(Patient patient) implements Look {
    private static final int MOST = 4;
    private static final int HEADERS = 28;
    private static final int SMALL = 100;
    private static final int USUAL_MTU = 1500;

    @Override
    public Set<Check> checks() {
        return EnumSet.of(Check.ISOLATION, Check.PATH_MTU);
    }

    @Override
    public List<Result> look() {
        List<PathRules.Echo> echoes =
                new ArrayList<>(echoes(Stream.concat(gateways(), patient.coordinator().map(URI::getHost).stream())));
        Optional<Examination> seen = patient.examination().join();
        echoes.addAll(echoes(seen.stream().flatMap(PathLook::neighbours)));
        Result mtu = PathRules.mtu(echoes);
        Optional<LinkLayer> link = linkLayer();
        Result isolation = seen.isPresent() && link.isPresent()
                ? PathRules.isolation(seen.get(), link.get())
                : new Result(
                        Check.ISOLATION,
                        "",
                        new Finding.NotCollected(
                                seen.isEmpty() ? "no agent tried anything" : "the system does not tell who answers"));
        return List.of(mtu, isolation);
    }

    private static Stream<String> gateways() {
        return linkLayer().stream().flatMap(link -> link.gateways().stream());
    }

    private static Stream<String> neighbours(Examination seen) {
        return seen.neighbours().stream()
                .map(Examination.Neighbour::address)
                .filter(address -> address.indexOf(':') == address.lastIndexOf(':') && address.indexOf(':') > 0)
                .map(address -> address.substring(0, address.indexOf(':')));
    }

    private static Optional<LinkLayer> linkLayer() {
        try {
            return LinkLayer.parse(
                    Tools.run(Command.of("ip -j neigh show"), Optional.empty()),
                    Tools.run(Command.of("ip -j route show default"), Optional.empty()));
        } catch (CommandException e) {
            return Optional.empty();
        }
    }

    private static List<PathRules.Echo> echoes(Stream<String> hosts) {
        return hosts.flatMap(host -> ipv4(host).stream())
                .distinct()
                .limit(MOST)
                .parallel()
                .map(PathLook::echo)
                .toList();
    }

    private static Optional<InetAddress> ipv4(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .findFirst();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static PathRules.Echo echo(InetAddress address) {
        int large = mtu() - HEADERS;
        boolean small = comesBack(address, SMALL);
        return new PathRules.Echo(address.getHostAddress(), small, small && comesBack(address, large), large + HEADERS);
    }

    /** Two packets, because one may get lost anywhere. */
    private static boolean comesBack(InetAddress address, int size) {
        try {
            Tools.run(
                    Command.of("ping -n -q -c 2 -i 0.2 -W 1 -M do -s " + size + " " + address.getHostAddress()),
                    Optional.empty());
            return true;
        } catch (CommandException e) {
            return false;
        }
    }

    private static int mtu() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(PathLook::isUsed)
                    .mapToInt(PathLook::mtu)
                    .filter(mtu -> mtu > SMALL)
                    .min()
                    .orElse(USUAL_MTU);
        } catch (SocketException e) {
            return USUAL_MTU;
        }
    }

    private static boolean isUsed(NetworkInterface one) {
        try {
            return one.isUp()
                    && !one.isLoopback()
                    && one.inetAddresses().findAny().isPresent();
        } catch (SocketException e) {
            return false; // gone meanwhile
        }
    }

    private static int mtu(NetworkInterface one) {
        try {
            return one.getMTU();
        } catch (SocketException e) {
            return USUAL_MTU;
        }
    }
}
