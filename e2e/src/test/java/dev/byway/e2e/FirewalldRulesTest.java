package dev.byway.e2e;

import static dev.byway.e2e.FirewallTrial.ALL;
import static dev.byway.e2e.FirewallTrial.check;
import static dev.byway.e2e.FirewallTrial.mustHave;
import static dev.byway.e2e.FirewallTrial.mustSucceed;
import static dev.byway.e2e.FirewallTrial.peerIn;
import static dev.byway.e2e.FirewallTrial.printed;
import static dev.byway.e2e.FirewallTrial.scan;
import static dev.byway.e2e.FirewallTrial.share;
import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Firewalld;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of {@code byway ports} in a running firewalld, whose zones drop whatever comes in that nothing allows. */
@Tag("netns")
@Tag("long")
class FirewalldRulesTest {
    private static final Lab.Speed SPEED = new Lab.Speed(100, 50);

    @TempDir
    Path home;

    @BeforeAll
    static void mustBeInstalled() {
        mustHave("/usr/sbin/firewalld", "firewalld");
        mustHave("/usr/bin/dbus-daemon", "dbus-daemon");
    }

    @Test
    void withThePrintedRulesSharingWorksAndNothingElseIsOpen() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            List<Device> devices = office.devices(2);
            Host neighbour = office.device().host();
            try (Firewalld first = dropping(devices.getFirst());
                    Firewalld second = dropping(devices.getLast())) {
                load(devices.getFirst(), first);
                load(devices.getLast(), second);
                share(office, devices);
                Host target = devices.getFirst().host();
                assertThat(scan(neighbour, target, ALL)).as("from a neighbour").isEqualTo("7680/open filtered (65534)");
                assertThat(scan(office.lab().origin(), neighbour, "7680"))
                        .as("from outside, where no firewall is")
                        .isEqualTo("7680/closed");
                assertThat(scan(office.lab().origin(), target, ALL))
                        .as("from outside")
                        .isEqualTo("filtered (65535)");
            }
        }
    }

    private Firewalld dropping(Device device) throws Exception {
        Firewalld firewalld = Firewalld.start(device.host(), home);
        firewalld.exec("firewall-cmd", "--set-default-zone=drop");
        return firewalld;
    }

    private static void load(Device device, Firewalld firewalld) throws Exception {
        assertThat(check(device, 1)).contains("blocked");
        Path rules = device.state().resolveSibling("rules");
        printed(device.run("ports", "--format", "firewalld"), rules);
        firewalld.exec("sh", "-e", rules.toString());
        assertThat(check(device, 0)).containsOnly("open");
    }

    /** The interface is in a zone that is not the default one, and has a rule against the port. */
    @Test
    void appliedInTheZoneOfTheInterfaceAndBeforeItsRulesThatDenyAndRemovedIsAsBefore() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            Device device = office.device();
            Host neighbour = office.device().host();
            try (Firewalld firewalld = Firewalld.start(device.host(), home)) {
                firewalld.exec("firewall-cmd", "--permanent", "--zone=drop", "--change-interface=eth0");
                firewalld.exec("firewall-cmd", "--permanent", "--zone=public", "--add-port=7680/tcp");
                firewalld.exec("firewall-cmd", "--reload");
                assertThat(peerIn(device, 1)).startsWith("blocked firewalld: zone drop, where nothing lets it in");
                firewalld.exec(
                        "firewall-cmd",
                        "--permanent",
                        "--zone=drop",
                        "--add-rich-rule=rule port port=\"7680\" protocol=\"tcp\" drop");
                firewalld.exec("firewall-cmd", "--reload");
                assertThat(peerIn(device, 1)).startsWith("blocked firewalld: a rich rule of zone drop");
                String before = rules(firewalld);
                change(device, firewalld, "--apply");
                String once = rules(firewalld);
                assertThat(once).contains("byway-peer-in");
                assertThat(check(device, 0)).containsOnly("open");
                device.startAgent();
                assertThat(scan(neighbour, device.host(), ALL)).isEqualTo("7680/open filtered (65534)");
                change(device, firewalld, "--apply");
                assertThat(rules(firewalld)).as("applied twice").isEqualTo(once);
                change(device, firewalld, "--remove");
                assertThat(rules(firewalld)).isEqualTo(before);
                assertThat(scan(neighbour, device.host(), "7680")).isEqualTo("7680/filtered");
            }
        }
    }

    /** What comes from a source is of that source's zone, whichever interface it comes over. */
    @Test
    void theCheckGoesByTheZoneOfASourceAndByServicesAndTargets() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            Device device = office.device();
            try (Firewalld firewalld = Firewalld.start(device.host(), home)) {
                firewalld.exec("firewall-cmd", "--zone=internal", "--change-interface=eth0");
                assertThat(peerIn(device, 1)).startsWith("blocked firewalld: zone internal, where nothing lets it in");
                firewalld.exec("firewall-cmd", "--zone=trusted", "--add-source=10.77.0.0/24");
                assertThat(peerIn(device, 1))
                        .as("IPv4 by target ACCEPT, IPv6 not")
                        .isEqualTo("open ");
                firewalld.exec("firewall-cmd", "--zone=trusted", "--remove-source=10.77.0.0/24");
                firewalld.exec("firewall-cmd", "--permanent", "--new-service=peers");
                firewalld.exec("firewall-cmd", "--permanent", "--service=peers", "--add-port=7000-8000/tcp");
                firewalld.exec("firewall-cmd", "--permanent", "--zone=internal", "--change-interface=eth0");
                firewalld.exec("firewall-cmd", "--permanent", "--zone=internal", "--add-service=peers");
                firewalld.exec("firewall-cmd", "--reload");
                assertThat(peerIn(device, 0)).isEqualTo("open ");
            }
        }
    }

    private static String rules(Firewalld firewalld) {
        return firewalld.exec("firewall-cmd", "--list-all-zones")
                + firewalld.exec("firewall-cmd", "--permanent", "--list-all-zones")
                + firewalld.exec("firewall-cmd", "--permanent", "--get-services");
    }

    private static void change(Device device, Firewalld firewalld, String how) {
        mustSucceed(device.runUnder(firewalld.starter(), "ports", "--format", "firewalld", how));
    }
}
