package dev.byway.core.ports;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What in a firewall decides, and how to change that.
 *
 * @param words how the firewall's administrator knows it
 * @param undo the command that lets Byway through all the same
 */
public record Decider(String words, String undo) {
    private static final int LONGEST = 500;
    private static final Pattern ZONE =
            Pattern.compile("filter_(?:IN|OUT)_(policy_)?(.+?)(_pre|_log|_deny|_allow|_post)?");
    private static final String APPLY = "byway ports --apply --format ";

    public Decider {
        words = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }

    /** A rule of nftables. A rule that a program manages is left to that program. */
    static Decider ofNftables(NftRuleset.Place place, long handle) {
        return place.table().equals("firewalld")
                ? ofFirewalld(place.chain())
                : new Decider(
                        "nftables: rule " + handle + " of chain " + place + " (nft -a list chain " + place + ")",
                        "nft delete rule " + place + " handle " + handle);
    }

    /** firewalld's chains have the names of its zones and policies: {@code filter_IN_public_deny}. */
    private static Decider ofFirewalld(String chain) {
        Matcher zone = ZONE.matcher(chain);
        if (!zone.matches()) {
            return new Decider("firewalld: chain " + chain, APPLY + "firewalld");
        }
        String name = zone.group(2);
        boolean rule = zone.group(3) != null;
        if (zone.group(1) != null) {
            String look = "firewall-cmd --info-policy=" + name;
            return new Decider("firewalld: policy " + name + " (" + look + ")", "change that policy: " + look);
        }
        return new Decider(
                "firewalld: " + (rule ? "a rich rule of zone " + name : "zone " + name + ", where nothing lets it in")
                        + " (firewall-cmd --info-zone=" + name + ")",
                APPLY + "firewalld");
    }

    /** The policy of a chain of nftables. */
    static Decider ofNftablesPolicy(NftRuleset.Place place) {
        return new Decider("nftables: policy drop of chain " + place, APPLY + "nftables");
    }

    /**
     * A rule of iptables.
     *
     * @param program {@code iptables} or {@code ip6tables}
     * @param line as {@code iptables-save} prints it: {@code -A INPUT …}
     */
    static Decider ofIptables(String program, String line) {
        boolean ufw = line.startsWith("-A ufw");
        return new Decider(
                (ufw ? "ufw, as " : "") + program + ": " + line,
                ufw ? APPLY + "ufw" : program + line.replaceFirst("^-A", " -D"));
    }

    /** The policy of a chain of iptables. */
    static Decider ofIptablesPolicy(String program, String chain, boolean ufw) {
        return new Decider(
                (ufw ? "ufw, as " : "") + program + ": policy DROP of chain " + chain,
                APPLY + (ufw ? "ufw" : "nftables"));
    }
}
