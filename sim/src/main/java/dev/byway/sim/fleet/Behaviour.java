package dev.byway.sim.fleet;

/** What a device does with others' trust. */
public enum Behaviour {
    /** Runs the rules. */
    HONEST(true),
    /** Runs the rules and says that it gives nothing, as on battery. */
    DECLINER(true),
    /** Runs the rules for itself, does not say so, holds nothing in others' eyes and gives nothing. */
    FREE_RIDER(true),
    /** Claims everything and sends wrong bytes. */
    POISONER(false),
    /** Claims everything and never sends. */
    SILENT(false),
    /** Claims that it fetches everything from outside, and does not. */
    CLAIMER(false);

    private final boolean downloads;

    Behaviour(boolean downloads) {
        this.downloads = downloads;
    }

    /** Whether it wants the content, and has to get it. */
    public boolean downloads() {
        return downloads;
    }
}
