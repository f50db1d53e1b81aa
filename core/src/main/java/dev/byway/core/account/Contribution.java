package dev.byway.core.account;

/**
 * What one source gave.
 *
 * @param from the source
 * @param verified bytes that passed their proof and were new
 * @param wasted bytes that failed their proof or came twice
 */
public record Contribution(Contributor from, long verified, long wasted) {
    public Contribution {
        if (verified < 0 || wasted < 0) {
            throw new IllegalArgumentException(from + " cannot have given a negative number of bytes");
        }
    }

    Contribution plus(long moreVerified, long moreWasted) {
        return new Contribution(from, Math.addExact(verified, moreVerified), Math.addExact(wasted, moreWasted));
    }
}
