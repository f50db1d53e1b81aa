package dev.byway.core.policy;

import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.unit.DataSize;
import java.util.Optional;

/** What each {@link Gate} decides. */
final class GateRules {
    private GateRules() {}

    static Optional<Refusal> privateByRequest(Situation now) {
        boolean refused = now.content().privateByRequest() && now.source().kind() != SourceKind.ORIGIN;
        return refused
                ? Optional.of(new Refusal(
                        ReasonCode.PRIVATE_BY_REQUEST,
                        Optional.empty(),
                        "The request is private; only the origin may see it."))
                : Optional.empty();
    }

    static Optional<Refusal> declinedByCaller(Situation now) {
        return now.content().peersDeclined() && now.withPeer()
                ? Optional.of(new Refusal(
                        ReasonCode.PEERS_OFF_BY_REQUEST, Optional.empty(), "The caller asked for no peers."))
                : Optional.empty();
    }

    static Optional<Refusal> mode(Situation now, EffectiveSettings settings) {
        DownloadMode mode = settings.get(Settings.DOWNLOAD_MODE);
        SourceKind kind = now.source().kind();
        if (mode == DownloadMode.GROUP && now.withPeer() && now.source().sameGroup() == Answer.NO) {
            return Refusal.because(
                    Settings.GROUP_ID,
                    ReasonCode.MODE_GROUP_ONLY,
                    "Mode 2 (group) shares within this device's match group; the peer claims another one, or none.");
        }
        if (mode.allows(kind)) {
            return Optional.empty();
        }
        String detail = mode.allowsPeers() || !kind.isPeer()
                ? "Mode %d (%s) does not allow sources of the kind %s."
                        .formatted(mode.code(), mode.label(), kind.field())
                : "Mode %d (%s) allows no peers.".formatted(mode.code(), mode.label());
        return Refusal.because(Settings.DOWNLOAD_MODE, code(mode), detail);
    }

    private static ReasonCode code(DownloadMode mode) {
        return switch (mode) {
            case HTTP_ONLY -> ReasonCode.MODE_HTTP_ONLY;
            case LAN -> ReasonCode.MODE_LAN_ONLY;
            case GROUP, INTERNET -> ReasonCode.MODE_GROUP_ONLY;
            case SIMPLE -> ReasonCode.MODE_SIMPLE;
            case BYPASS -> ReasonCode.MODE_BYPASS;
        };
    }

    static Optional<Refusal> size(Situation now, EffectiveSettings settings) {
        Setting<DataSize> setting =
                now.content().throughGateway() ? Settings.GATEWAY_MIN_FILE_SIZE : Settings.MIN_FILE_SIZE;
        DataSize least = settings.get(setting);
        return now.content()
                .length()
                .filter(length -> now.withPeer() && length.compareTo(least) < 0)
                .flatMap(length -> Refusal.because(
                        setting,
                        ReasonCode.CONTENT_TOO_SMALL,
                        "The file has %s; files under %s are not shared.".formatted(length, least)));
    }

    static Optional<Refusal> ram(Situation now, EffectiveSettings settings) {
        return capacity(now, settings, Settings.MIN_RAM, now.device().ram(), ReasonCode.RAM_BELOW_MINIMUM, "memory");
    }

    static Optional<Refusal> disk(Situation now, EffectiveSettings settings) {
        return capacity(
                now,
                settings,
                Settings.MIN_DISK,
                now.device().disk(),
                ReasonCode.DISK_BELOW_MINIMUM,
                "disk for the cache");
    }

    /** What is sold as 4 GB shows as less, of memory by what firmware keeps, of disks by counting in thousands. */
    private static Optional<Refusal> capacity(
            Situation now,
            EffectiveSettings settings,
            Setting<DataSize> setting,
            Optional<DataSize> fact,
            ReasonCode code,
            String what) {
        DataSize least = settings.get(setting);
        return fact.filter(has -> now.withPeer() && has.bytes() < least.bytes() - least.bytes() / 8)
                .flatMap(has -> Refusal.because(
                        setting, code, "This device has %s of %s; peering needs %s.".formatted(has, what, least)));
    }

    static Optional<Refusal> vpn(Situation now, EffectiveSettings settings) {
        if (now.device().vpn() != Answer.YES) {
            return Optional.empty();
        }
        return switch (now.source().kind()) {
            case ORIGIN -> Optional.empty();
            case CACHE ->
                settings.get(Settings.NO_CACHE_HOST_ON_VPN)
                        ? Refusal.because(
                                Settings.NO_CACHE_HOST_ON_VPN, ReasonCode.CACHE_OFF_ON_VPN, "This device is on a VPN.")
                        : Optional.empty();
            case LAN, GROUP, INTERNET ->
                settings.get(Settings.VPN_PEERING) || now.source().foundLocally() == Answer.YES
                        ? Optional.empty()
                        : Refusal.because(Settings.VPN_PEERING, ReasonCode.ON_VPN, "This device is on a VPN.");
        };
    }

    static Optional<Refusal> metered(Situation now, EffectiveSettings settings) {
        boolean refused =
                now.isUpload() && now.device().metered() == Answer.YES && !settings.get(Settings.UPLOAD_ON_METERED);
        return refused
                ? Refusal.because(Settings.UPLOAD_ON_METERED, ReasonCode.METERED, "This device's network is metered.")
                : Optional.empty();
    }

    static Optional<Refusal> battery(Situation now, EffectiveSettings settings) {
        if (!now.isUpload() || now.device().battery().isEmpty()) {
            return Optional.empty();
        }
        int charge = now.device().battery().getAsInt();
        int least = settings.get(Settings.MIN_BATTERY);
        if (least > 0 && charge >= least) {
            return Optional.empty();
        }
        String rule = least == 0 ? "nothing is uploaded on battery" : "uploads need " + least + " %";
        return Refusal.because(
                Settings.MIN_BATTERY, ReasonCode.ON_BATTERY, "The battery is at " + charge + " %; " + rule + ".");
    }

    static Optional<Refusal> uploadCap(Situation now, EffectiveSettings settings) {
        if (!now.isUpload() || !MonthlyUpload.counts(now.source().kind())) {
            return Optional.empty();
        }
        Optional<DataSize> cap = settings.get(Settings.MONTHLY_UPLOAD_CAP);
        return now.device()
                .uploadedThisMonth()
                .filter(sent -> cap.isPresent() && sent.compareTo(cap.get()) >= 0)
                .flatMap(sent -> Refusal.because(
                        Settings.MONTHLY_UPLOAD_CAP,
                        ReasonCode.UPLOAD_CAP_REACHED,
                        "%s of %s count as uploaded to Internet peers this month.".formatted(sent, cap.orElseThrow())));
    }

    /** Applies to modes 1 and 2, as in Delivery Optimization. */
    static Optional<Refusal> restriction(Situation now, EffectiveSettings settings) {
        if (!now.withPeer() || settings.get(Settings.DOWNLOAD_MODE) == DownloadMode.INTERNET) {
            return Optional.empty();
        }
        return switch (settings.get(Settings.RESTRICT_PEER_SELECTION)) {
            case NONE -> Optional.empty();
            case SUBNET -> unless(now.source().sameSubnet(), ReasonCode.OTHER_SUBNET, "The peer is in another subnet.");
            case LOCAL_DISCOVERY ->
                unless(
                        now.source().foundLocally(),
                        ReasonCode.NOT_FOUND_LOCALLY,
                        "Local discovery has not found the peer.");
        };
    }

    private static Optional<Refusal> unless(Answer answer, ReasonCode code, String detail) {
        return answer == Answer.NO ? Refusal.because(Settings.RESTRICT_PEER_SELECTION, code, detail) : Optional.empty();
    }

    static Optional<Refusal> ban(Situation now) {
        return now.source().banned() && now.withPeer()
                ? Optional.of(new Refusal(ReasonCode.PEER_BANNED, Optional.empty(), "The peer is banned."))
                : Optional.empty();
    }
}
