package dev.byway.sim;

/** What a device does with others' trust. */
enum Behaviour {
    HONEST,
    /** Claims everything and sends wrong bytes. */
    POISONER,
    /** Claims everything and never sends. */
    SILENT,
    /** Claims that it fetches everything from outside, and does not. */
    CLAIMER
}
