package dev.byway.core.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rules that can refuse a source, in the order in which they are asked: first what the request says, then what the
 * policy says, then what this content, this device and this peer are. The first refusal is the one that people are told;
 * {@link #refusals} has the others too, so that nobody mends one only to meet the next.
 *
 * <p>Gates are for cache hosts and peers. The origin is never refused by one.
 */
public enum Gate {
    PRIVATE_BY_REQUEST,
    DECLINED_BY_CALLER,
    MODE,
    SIZE,
    RAM,
    DISK,
    VPN,
    METERED,
    BATTERY,
    UPLOAD_CAP,
    RESTRICTION,
    BAN;

    /** This gate's refusal, or empty when it lets pass. Depends on nothing but the arguments. */
    public Optional<Refusal> judge(Situation situation, EffectiveSettings settings) {
        return switch (this) {
            case PRIVATE_BY_REQUEST -> GateRules.privateByRequest(situation);
            case DECLINED_BY_CALLER -> GateRules.declinedByCaller(situation);
            case MODE -> GateRules.mode(situation, settings);
            case SIZE -> GateRules.size(situation, settings);
            case RAM -> GateRules.ram(situation, settings);
            case DISK -> GateRules.disk(situation, settings);
            case VPN -> GateRules.vpn(situation, settings);
            case METERED -> GateRules.metered(situation, settings);
            case BATTERY -> GateRules.battery(situation, settings);
            case UPLOAD_CAP -> GateRules.uploadCap(situation, settings);
            case RESTRICTION -> GateRules.restriction(situation, settings);
            case BAN -> GateRules.ban(situation);
        };
    }

    /** All refusals, in the order of the gates; empty when the source may be used. */
    public static List<Refusal> refusals(Situation situation, EffectiveSettings settings) {
        return Arrays.stream(values())
                .flatMap(gate -> gate.judge(situation, settings).stream())
                .toList();
    }

    /** The first refusal; empty when the source may be used. */
    public static Optional<Refusal> firstRefusal(Situation situation, EffectiveSettings settings) {
        return Arrays.stream(values())
                .flatMap(gate -> gate.judge(situation, settings).stream())
                .findFirst();
    }
}
