package dev.byway.core.fleet;

import java.util.regex.Pattern;

/**
 * A granted group: it stands in a device's certificate and decides who may receive content that is not public. Its name is
 * no secret.
 *
 * @param name 1 to 64 letters, digits, dots, hyphens and underscores, starting with a letter or digit
 */
public record AccessGroup(String name) implements Comparable<AccessGroup> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public AccessGroup {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an access group has 1 to 64 letters, digits, dots, hyphens or underscores and starts with a letter or digit");
        }
    }

    @Override
    public int compareTo(AccessGroup other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
