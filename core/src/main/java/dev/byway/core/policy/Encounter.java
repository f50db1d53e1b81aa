package dev.byway.core.policy;

import dev.byway.core.account.SourceKind;
import java.util.Optional;

/**
 * A peer as this device meets it, and what follows from that for the gates.
 *
 * @param told how near it is by the word of the coordinator, or of local discovery; empty when neither named it
 * @param onLink whether its address is on a link of this device
 * @param vouched whether the fleet's authority vouches for it
 * @param foundLocally whether local discovery found it
 * @param group the match group that it claims, empty text for none; empty before it said hello
 */
public record Encounter(
        Optional<SourceKind> told, boolean onLink, boolean vouched, Answer foundLocally, Optional<String> group) {

    /** What the gates may know of it. */
    public SourceFacts facts(EffectiveSettings settings) {
        Answer sameGroup = sameGroup(settings.get(Settings.GROUP_ID).orElse(""));
        return SourceFacts.of(kind(sameGroup, settings.get(Settings.DOWNLOAD_MODE)))
                .withSameGroup(sameGroup)
                .withSameSubnet(onLink ? Answer.YES : Answer.NO)
                .withFoundLocally(foundLocally);
    }

    private Answer sameGroup(String ours) {
        if (ours.isEmpty() || group.isEmpty()) {
            return Answer.UNKNOWN;
        }
        return group.get().equals(ours) ? Answer.YES : Answer.NO;
    }

    /**
     * A device of the fleet that dials from elsewhere was told to by the coordinator, which names devices to each other only
     * where the modes of both allow it: it is taken for as far as this device's mode reaches.
     */
    private SourceKind kind(Answer sameGroup, DownloadMode mode) {
        if (told.isPresent()) {
            return told.get();
        }
        if (onLink || foundLocally == Answer.YES) {
            return SourceKind.LAN;
        }
        if (sameGroup == Answer.YES) {
            return SourceKind.GROUP;
        }
        return vouched && mode == DownloadMode.LAN ? SourceKind.LAN : SourceKind.INTERNET;
    }
}
