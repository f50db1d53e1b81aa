package dev.byway.cli.doctor;

import dev.byway.core.doctor.Diagnosis;

/** Somebody's question to the doctor, which can be answered again and again. */
interface Consultation {
    /** Looks, for {@link Doctor#TIME} at the most. */
    Diagnosis diagnose() throws InterruptedException;
}
