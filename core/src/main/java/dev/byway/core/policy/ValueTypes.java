package dev.byway.core.policy;

import dev.byway.core.content.UrlRule;
import dev.byway.core.fleet.AddressClass;
import dev.byway.core.fleet.Addresses;
import dev.byway.core.fleet.NamedPrefix;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.unit.DataSize;
import dev.byway.core.unit.Rate;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The types that the table of settings is written in. */
final class ValueTypes {
    private static final int MAX_URL = 2048;
    private static final int MAX_WORDS = 4096;
    private static final int MAX_GROUP = 128;
    private static final long MEGABYTE = 1L << 20;
    private static final long GIGABYTE = 1L << 30;

    private ValueTypes() {}

    /** One of {@code values}, by number or by word. */
    static <C extends Choice> ValueType<C> choice(C[] values) {
        return new ValueType<>(
                Arrays.stream(values)
                        .map(value -> value.code() + " (" + value.label() + ")")
                        .collect(Collectors.joining(", ")),
                text -> Arrays.stream(values)
                        .filter(value ->
                                text.equals(Integer.toString(value.code())) || text.equalsIgnoreCase(value.label()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("not one of them")),
                value -> Integer.toString(value.code()));
    }

    /** Yes or no; as Delivery Optimization has it, 1 or 0. */
    static ValueType<Boolean> flag() {
        return new ValueType<>(
                "on or off (also 1 or 0, true or false, yes or no)",
                text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "on", "1", "true", "yes" -> true;
                    case "off", "0", "false", "no" -> false;
                    default -> throw new IllegalArgumentException("neither on nor off");
                },
                value -> value ? "on" : "off");
    }

    /** Data whose bare number is megabytes. Delivery Optimization starts at 1; a smaller size needs a unit. */
    static ValueType<DataSize> megabytes(long most) {
        return size("MB", MEGABYTE, 1, most);
    }

    /** Data whose bare number is gigabytes; at least {@code leastBytes}. */
    static ValueType<DataSize> gigabytes(long leastBytes, long most) {
        return size("GB", GIGABYTE, leastBytes, most);
    }

    private static ValueType<DataSize> size(String unit, long bare, long leastBytes, long most) {
        return new ValueType<>(
                "a size from %s to %d %s; a bare number is %s, other units are B, KB, MB, GB, TB"
                        .formatted(new DataSize(leastBytes).exact(), most, unit, unit),
                text -> new DataSize(Quantity.within(
                        Quantity.read(text, Quantity.DATA, bare), leastBytes, Math.multiplyExact(most, bare))),
                DataSize::exact);
    }

    /** A rate whose bare number is KB/s, above 0. */
    static ValueType<Rate> rate() {
        return new ValueType<>(
                "a rate above 0; a bare number is KB/s, other units are B/s, MB/s, GB/s, kbit/s, Mbit/s, Gbit/s",
                text -> new Rate(Quantity.within(Quantity.read(text, Quantity.SPEED, 1024), 1, 4_294_967_295L * 1024)),
                rate -> new DataSize(rate.bytesPerSecond()).exact() + "/s");
    }

    /** A time whose bare number is seconds. */
    static ValueType<Duration> seconds(long least, long most) {
        return new ValueType<>(
                "a time from %d to %d seconds; a bare number is seconds, other units are min, h, d"
                        .formatted(least, most),
                text -> Duration.ofSeconds(Quantity.within(Quantity.read(text, Quantity.TIME, 1), least, most)),
                time -> time.toSeconds() + "s");
    }

    /** A whole number. */
    static ValueType<Integer> count(int least, int most) {
        return new ValueType<>(
                "a whole number from %d to %d".formatted(least, most),
                text -> {
                    if (!text.matches("[0-9]{1,10}")) {
                        throw new IllegalArgumentException("not a whole number");
                    }
                    return Math.toIntExact(Quantity.within(Long.parseLong(text), least, most));
                },
                String::valueOf);
    }

    /** A percentage, with or without the sign. */
    static ValueType<Integer> percent(int least, int most) {
        ValueType<Integer> number = count(least, most);
        return new ValueType<>(
                "a percentage from %d to %d".formatted(least, most),
                text -> number.parse(text.endsWith("%") ? text.substring(0, text.length() - 1) : text),
                value -> value + "%");
    }

    /** A TCP or UDP port; 0 is any free one. */
    static ValueType<Integer> port() {
        return new ValueType<>(
                "a port from 1 to 65535, or 0 for any that is free",
                count(0, 65_535).reader(),
                String::valueOf);
    }

    /** Words without control characters. */
    static ValueType<String> words() {
        return new ValueType<>("text of up to " + MAX_WORDS + " characters", ValueTypes::plain, text -> text);
    }

    /** A match group: as much as fits a peer's hello and an announcement, and what a terminal shows as it is. */
    static ValueType<String> group() {
        return new ValueType<>(
                "text of up to " + MAX_GROUP + " bytes of UTF-8",
                text -> {
                    boolean shown = plain(text).codePoints().noneMatch(ValueTypes::isHidden);
                    if (!shown || text.getBytes(StandardCharsets.UTF_8).length > MAX_GROUP) {
                        throw new IllegalArgumentException(
                                shown ? "longer than " + MAX_GROUP + " bytes" : "contains an invisible character");
                    }
                    return text;
                },
                text -> text);
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** A file or folder. */
    static ValueType<String> path() {
        return new ValueType<>("a path", ValueTypes::plain, text -> text);
    }

    /** A host name or address, as in a URL. */
    static ValueType<String> host() {
        return new ValueType<>(
                "a host name or address, with a port after ':' if it is not the usual one",
                text -> {
                    if (!text.matches("[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?")) {
                        throw new IllegalArgumentException("not a host");
                    }
                    return text;
                },
                text -> text);
    }

    /** A secret. */
    static ValueType<Secret> secret() {
        return new ValueType<>("text", text -> new Secret(plain(text)), Secret::reveal);
    }

    private static String plain(String text) {
        if (text.isEmpty() || text.length() > MAX_WORDS) {
            throw new IllegalArgumentException(text.isEmpty() ? "empty" : "longer than " + MAX_WORDS + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("contains a control character");
        }
        return text;
    }

    /** A URL with a host and one of {@code schemes}, and no password: that would end up in logs. */
    static ValueType<URI> url(String... schemes) {
        List<String> taken = List.of(schemes);
        return new ValueType<>(
                "a URL that begins with " + String.join(" or ", taken) + "://, without user and password",
                text -> webAddress(text, taken),
                URI::toString);
    }

    private static URI webAddress(String text, List<String> schemes) {
        try {
            URI url = new URI(text);
            boolean right = text.length() <= MAX_URL
                    && url.getScheme() != null
                    && schemes.contains(url.getScheme().toLowerCase(Locale.ROOT))
                    && url.getHost() != null
                    && url.getPort() <= 65_535;
            if (!right || url.getRawUserInfo() != null) {
                throw new IllegalArgumentException(right ? "it holds a user name or password" : "not such a URL");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL", e);
        }
    }

    /** An IP address. */
    static ValueType<InetAddress> address() {
        return new ValueType<>("an IP address", Addresses::parse, Addresses::format);
    }

    /** An address of this machine alone. */
    static ValueType<InetAddress> loopback() {
        return new ValueType<>(
                "a loopback address (127.0.0.0/8 or ::1)",
                text -> {
                    InetAddress address = Addresses.parse(text);
                    if (AddressClass.of(address) != AddressClass.LOOPBACK) {
                        throw new IllegalArgumentException("others could reach it");
                    }
                    return address;
                },
                Addresses::format);
    }

    /** A range of addresses. */
    static ValueType<Prefix> prefix() {
        return new ValueType<>("a prefix such as 10.1.0.0/16 or 2001:db8::/32", Prefix::parse, Prefix::toString);
    }

    /** A part of a named site. */
    static ValueType<NamedPrefix> sitePrefix() {
        return new ValueType<>(
                "a site's name and prefix such as berlin=10.1.0.0/16", NamedPrefix::parse, NamedPrefix::toString);
    }

    /** Which parameters of URLs matter at a host. */
    static ValueType<UrlRule> urlRule() {
        return new ValueType<>(
                "a host and the parameters that matter there, such as dl.example.com=version+arch or cdn.example.com=",
                UrlRule::parse,
                UrlRule::toString);
    }

    /** Hours of the day and shares of the link. */
    static ValueType<BusinessHours> hours() {
        return new ValueType<>(
                "first and last hour, share within and share outside, such as '8-17 25% 80%'",
                BusinessHours::parse, BusinessHours::toString);
    }
}
