package dev.byway.e2e.fault;

import dev.byway.core.doctor.Check;

/**
 * One fault.
 *
 * @param name what is wrong, in words
 * @param check the one that has to fail
 * @param seen what its finding has to say, in part
 * @param injury makes it so
 */
record Fault(String name, Check check, String seen, Injury injury) {
    /** Makes something wrong. */
    @FunctionalInterface
    interface Injury {
        /** Injects the fault; what undoes it. */
        Cure inflict(Ward ward) throws Exception;
    }

    /** Undoes a fault. */
    @FunctionalInterface
    interface Cure {
        void apply() throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
