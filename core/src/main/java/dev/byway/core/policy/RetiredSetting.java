package dev.byway.core.policy;

/**
 * A name that once was a setting. Using it is an error that says what to use.
 *
 * @param name the old name
 * @param replacement what to set now, a phrase that completes "use ..."
 */
public record RetiredSetting(String name, String replacement) {}
