package dev.byway.core.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A domain name. ASCII letters are kept in lower case, so that names compare as RFC 6762 section 16 wants it.
 *
 * @param labels one char a byte, without the empty label of the root
 */
public record DnsName(List<String> labels) {
    public DnsName {
        labels = labels.stream().map(DnsName::lowerCase).toList();
        int length = 1;
        for (String label : labels) {
            if (label.isEmpty() || label.length() > DiscoveryLimits.LABEL) {
                throw new IllegalArgumentException("a label has 1 to 63 bytes, not " + label.length());
            }
            length += 1 + label.length();
        }
        if (length > DiscoveryLimits.NAME) {
            throw new IllegalArgumentException("a name has at most 255 bytes, not " + length);
        }
    }

    /** The name of these labels, most specific first. */
    public static DnsName of(String... labels) {
        return new DnsName(Arrays.asList(labels));
    }

    /** The name one level below this one. */
    public DnsName child(String label) {
        List<String> all = new ArrayList<>(labels.size() + 1);
        all.add(label);
        all.addAll(labels);
        return new DnsName(all);
    }

    /** The first label, when this name lies exactly one level below {@code parent}. */
    public Optional<String> labelBelow(DnsName parent) {
        boolean below = labels.size() == parent.labels.size() + 1
                && labels.subList(1, labels.size()).equals(parent.labels);
        return below ? Optional.of(labels.getFirst()) : Optional.empty();
    }

    private static String lowerCase(String label) {
        StringBuilder lower = new StringBuilder(label.length());
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c > 0xff) {
                throw new IllegalArgumentException("a label holds bytes, one a char; this is none: " + (int) c);
            }
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return lower.toString();
    }

    @Override
    public String toString() {
        return String.join(".", labels);
    }
}
