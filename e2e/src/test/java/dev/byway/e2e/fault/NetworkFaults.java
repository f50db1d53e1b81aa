package dev.byway.e2e.fault;

import dev.byway.core.doctor.Check;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.time.Duration;
import java.util.List;

/** Faults between the victim and its neighbours: its firewall, its port, the switch. */
final class NetworkFaults {
    private NetworkFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("inbound 7680 dropped", Check.FIREWALL, "TCP 7680 in", input("tcp dport 7680 drop")),
                new Fault("inbound 7680 rejected", Check.FIREWALL, "TCP 7680 in", input("tcp dport 7680 reject")),
                new Fault(
                        "inbound 7680 allowed only from another subnet",
                        Check.FIREWALL,
                        "TCP 7680 in",
                        input("ip saddr 10.99.0.0/16 tcp dport 7680 accept; tcp dport 7680 drop")),
                new Fault("outbound 7680 dropped", Check.FIREWALL, "TCP 7680 out", output("tcp dport 7680 drop")),
                new Fault(
                        "7680 taken by another program", Check.PORT, "port 7680 is taken by", NetworkFaults::portTaken),
                new Fault(
                        "multicast blocked by the switch",
                        Check.DISCOVERY,
                        "DNS-SD found nobody",
                        switchRule("udp dport 5353 drop")),
                new Fault(
                        "the victim's multicast dropped by the switch",
                        Check.DISCOVERY,
                        "DNS-SD found 10.77.0.12:7680, who does not hear this device",
                        NetworkFaults::unheard),
                new Fault(
                        "the others' multicast dropped by the switch",
                        Check.DISCOVERY,
                        "DNS-SD found nobody, although this device is heard by 10.77.0.12:7680",
                        ward -> atSwitch(ward, towards(ward), "udp dport 5353 drop")),
                new Fault(
                        "inbound 7680 dropped by the switch",
                        Check.DIAL_IN,
                        "not reached by",
                        NetworkFaults::inboundLost),
                new Fault(
                        "7680 dropped by the firewall of the neighbour that somebody asks about",
                        Check.DIAL_OUT,
                        "not reached 10.77.0.12:7680",
                        NetworkFaults::otherCloses),
                new Fault("neighbours isolated", Check.ISOLATION, "not even answer ARP", NetworkFaults::isolated),
                new Fault(
                        "large packets lost without a word",
                        Check.PATH_MTU,
                        "packets of 1500 bytes",
                        switchRule("ether type ip ip length > 1300 drop")));
    }

    private static Fault.Cure otherCloses(Ward ward) {
        Host other = ward.other().host();
        other.exec(
                "nft",
                "table inet fault { chain c { type filter hook input priority 0; policy accept; tcp dport 7680 drop; }; }");
        ward.askWith("--peer", other.address());
        return () -> {
            other.exec("nft", "delete table inet fault");
            ward.askWith();
        };
    }

    private static Fault.Injury input(String rules) {
        return filter("input", rules);
    }

    static Fault.Injury output(String rules) {
        return filter("output", rules);
    }

    private static Fault.Injury filter(String hook, String rules) {
        return ward -> {
            ward.host()
                    .exec(
                            "nft",
                            "table inet fault { chain c { type filter hook " + hook + " priority 0; policy accept; "
                                    + rules + "; }; }");
            return () -> ward.host().exec("nft", "delete table inet fault");
        };
    }

    private static Fault.Cure portTaken(Ward ward) {
        ward.stopAgent();
        Running holder = ward.host()
                .spawn(
                        List.of(
                                "python3",
                                "-c",
                                "import socket,time; s=socket.create_server(('',7680)); print('ready', flush=True); time.sleep(600)"));
        holder.awaitLine("ready", Duration.ofSeconds(20));
        ward.restart();
        return () -> {
            holder.close();
            ward.restart();
        };
    }

    /** At the victim's port of the switch, in both directions. */
    private static Fault.Injury switchRule(String rule) {
        return ward -> atSwitch(ward, "", rule);
    }

    private static Fault.Cure inboundLost(Ward ward) {
        return atSwitch(ward, towards(ward), "tcp dport 7680 drop");
    }

    private static Fault.Cure unheard(Ward ward) {
        Fault.Cure cure = atSwitch(ward, "iifname \"" + ward.host().port() + "\" ", "udp dport 5353 drop");
        ward.restartOther();
        return cure;
    }

    private static String towards(Ward ward) {
        return "oifname \"" + ward.host().port() + "\" ";
    }

    private static Fault.Cure atSwitch(Ward ward, String where, String rule) {
        Host lan = ward.office().lab().lan();
        lan.exec(
                "nft",
                "table bridge fault { chain c { type filter hook forward priority 0; policy accept; " + where + rule
                        + "; }; }");
        ward.restart();
        return () -> {
            lan.exec("nft", "delete table bridge fault");
            ward.restart();
        };
    }

    private static Fault.Cure isolated(Ward ward) {
        Host lan = ward.office().lab().lan();
        List<String> ports = List.of(ward.host().port(), ward.other().host().port());
        ports.forEach(port -> lan.exec("bridge", "link", "set", "dev", port, "isolated", "on"));
        ward.host().exec("ip", "neigh", "flush", "all");
        ward.restart();
        return () -> {
            ports.forEach(port -> lan.exec("bridge", "link", "set", "dev", port, "isolated", "off"));
            ward.restart();
        };
    }
}
