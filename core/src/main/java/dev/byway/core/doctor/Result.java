package dev.byway.core.doctor;

/**
 * One line of the doctor's report.
 *
 * @param tried what was done to find out
 */
public record Result(Check check, String tried, Finding finding) {}
