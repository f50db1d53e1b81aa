package dev.byway.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** On what laptops and other machines show in {@code /sys/class/power_supply}. */
class PowerSupplyTest {
    private static final PowerSupply MOUSE =
            supply("Battery", "scope", "Device", "status", "Discharging", "capacity", "5");

    private static PowerSupply supply(String type, String... more) {
        Map<String, String> files = new java.util.HashMap<>(Map.of("type", type + "\n"));
        for (int i = 0; i < more.length; i += 2) {
            files.put(more[i], more[i + 1] + "\n");
        }
        return new PowerSupply(files);
    }

    private static PowerSupply battery(String status, int capacity) {
        return supply("Battery", "status", status, "capacity", Integer.toString(capacity), "present", "1");
    }

    @Test
    void aLaptopWithoutItsPlugRunsOnBattery() {
        assertThat(PowerSupply.charge(List.of(supply("Mains", "online", "0"), battery("Discharging", 57))))
                .hasValue(57);
        assertThat(PowerSupply.charge(List.of(supply("Mains", "online", "0"), battery("Unknown", 57))))
                .hasValue(57);
    }

    @Test
    void aLaptopWithItsPlugDoesNotAlsoWhileItsBatteryIsNotCharged() {
        assertThat(PowerSupply.charge(List.of(supply("Mains", "online", "1"), battery("Not charging", 57))))
                .isEmpty();
        assertThat(PowerSupply.charge(
                        List.of(supply("Mains", "online", "0"), supply("USB", "online", "1"), battery("Charging", 57))))
                .isEmpty();
    }

    @Test
    void whereNoLineIsShownTheBatterySaysIt() {
        assertThat(PowerSupply.charge(List.of(battery("Discharging", 57)))).hasValue(57);
        assertThat(PowerSupply.charge(List.of(battery("Full", 100)))).isEmpty();
    }

    @Test
    void twoBatteriesCountTogether() {
        assertThat(PowerSupply.charge(
                        List.of(supply("Mains", "online", "0"), battery("Discharging", 20), battery("Unknown", 90))))
                .hasValue(55);
    }

    @Test
    void batteriesOfMiceAndEmptyBaysAreNone() {
        assertThat(PowerSupply.charge(List.of(MOUSE))).isEmpty();
        assertThat(PowerSupply.charge(List.of(MOUSE, supply("Mains", "online", "0"), battery("Discharging", 57))))
                .hasValue(57);
        PowerSupply bay = supply("Battery", "present", "0", "status", "Discharging", "capacity", "0");
        assertThat(PowerSupply.charge(List.of(bay))).isEmpty();
    }

    @Test
    void desktopsAndVirtualMachinesHaveNone() {
        assertThat(PowerSupply.charge(List.of())).isEmpty();
        assertThat(PowerSupply.charge(List.of(supply("Mains", "online", "1")))).isEmpty();
        assertThat(PowerSupply.charge(List.of(supply("Mains", "online", "0")))).isEmpty();
    }

    @Property
    void whateverTheFilesSayTheChargeIsAPercentage(@ForAll("supplies") List<PowerSupply> supplies) {
        PowerSupply.charge(supplies).ifPresent(charge -> assertThat(charge).isBetween(0, 100));
    }

    @Provide
    Arbitrary<List<PowerSupply>> supplies() {
        Arbitrary<String> words =
                Arbitraries.of("Battery", "Mains", "Device", "Discharging", "0", "1", "57", "101", "-1", "999999999");
        Arbitrary<String> texts = Arbitraries.oneOf(words, Arbitraries.strings().ofMaxLength(12));
        return Arbitraries.maps(Arbitraries.of(PowerSupply.FILES), texts)
                .map(PowerSupply::new)
                .list()
                .ofMaxSize(6);
    }

    @Property
    void everyChargeOfADrawnBatteryIsAPercentage(@ForAll int capacity, @ForAll int other) {
        PowerSupply.charge(List.of(battery("Discharging", capacity), battery("Discharging", other)))
                .ifPresent(charge -> assertThat(charge).isBetween(0, 100));
    }
}
