package dev.byway.core.content;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Who may receive a content from a peer. */
public sealed interface Visibility {
    /** Most access groups that one content names. */
    int MAX_GROUPS = 32;

    /** Longest name of an access group, in bytes of UTF-8. */
    int MAX_GROUP_BYTES = 128;

    /** Whether a device that was granted the access groups {@code granted} may receive the content. */
    boolean permits(Collection<String> granted);

    /** Anybody. */
    record Public() implements Visibility {
        @Override
        public boolean permits(Collection<String> granted) {
            return true;
        }
    }

    /**
     * Devices that were granted at least one of these access groups.
     *
     * @param names sorted, each once, 1 to {@link #MAX_GROUPS}
     */
    record Groups(List<String> names) implements Visibility {
        public Groups {
            names = names.stream().distinct().sorted().toList();
            if (names.isEmpty() || names.size() > MAX_GROUPS) {
                throw new IllegalArgumentException(
                        "a content names 1 to " + MAX_GROUPS + " access groups, not " + names.size());
            }
            names.forEach(Groups::check);
        }

        @Override
        public boolean permits(Collection<String> granted) {
            return names.stream().anyMatch(granted::contains);
        }

        private static void check(String name) {
            boolean plain = name.codePoints()
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
            if (name.isBlank() || !plain || name.getBytes(StandardCharsets.UTF_8).length > MAX_GROUP_BYTES) {
                throw new IllegalArgumentException("an access group is named by 1 to " + MAX_GROUP_BYTES
                        + " bytes of UTF-8 without control characters");
            }
        }
    }
}
