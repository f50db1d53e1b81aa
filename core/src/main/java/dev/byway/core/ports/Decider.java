package dev.byway.core.ports;

/**
 * What in a firewall decides, and how to change that.
 *
 * @param words how the firewall's administrator knows it
 * @param undo the command that lets Byway through all the same
 */
public record Decider(String words, String undo) {
    private static final int LONGEST = 500;
    private static final String APPLY = "byway ports --apply --format ";

    public Decider {
        words = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }

    /** A rule of nftables. A rule that a program manages is left to that program. */
    static Decider ofNftables(NftRuleset.Place place, long handle) {
        String words = "nftables: rule " + handle + " of chain " + place + " (nft -a list chain " + place + ")";
        return new Decider(
                words,
                place.table().equals("firewalld")
                        ? APPLY + "firewalld"
                        : "nft delete rule " + place + " handle " + handle);
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
        return new Decider(
                program + ": " + line,
                line.startsWith("-A ufw") ? APPLY + "ufw" : program + line.replaceFirst("^-A", " -D"));
    }

    /** The policy of a chain of iptables. */
    static Decider ofIptablesPolicy(String program, String chain, boolean ufw) {
        return new Decider(program + ": policy DROP of chain " + chain, APPLY + (ufw ? "ufw" : "nftables"));
    }
}
