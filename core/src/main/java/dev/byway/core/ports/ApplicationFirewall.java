package dev.byway.core.ports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * macOS' application firewall: it decides over what comes in, by the program that listens.
 *
 * @param on whether it is on
 * @param blocksAll whether it lets in nothing but what the system needs
 * @param letsSigned whether it lets in any program that is signed
 * @param programs those that it lists, and whether it lets them in; an application by its folder
 * @param program the one that listens
 */
record ApplicationFirewall(
        boolean on, boolean blocksAll, boolean letsSigned, Map<String, Boolean> programs, Optional<String> program)
        implements PacketFilter {
    static final String TOOL = "/usr/libexec/ApplicationFirewall/socketfilterfw";

    private static final int MOST_LINES = 50_000;
    private static final Pattern STATE = Pattern.compile("\\(State = ([0-2])\\)");
    private static final Pattern LISTED = Pattern.compile("[0-9]{1,9} *: *(/.*)");
    private static final Pattern ALLOWED = Pattern.compile("(.*?)\\( *(Allow|Block) incoming connections *\\)");

    /** Reads what its tool prints, as of macOS 10.15 to 26. */
    static ApplicationFirewall parse(
            String state, String blockAll, String allowSigned, String list, Optional<String> program) {
        Matcher number = STATE.matcher(state);
        if (!number.find()) {
            throw new FirewallTextException("what '" + TOOL + " --getglobalstate' printed is not understood");
        }
        boolean all =
                number.group(1).equals("2") || blockAll.contains("set to enabled") || blockAll.contains("ENABLED");
        return new ApplicationFirewall(
                !number.group(1).equals("0"),
                all,
                allowSigned.contains("downloaded signed software ENABLED"),
                programs(list),
                program);
    }

    /** Each has its verdict in the same line or in the next. */
    private static Map<String, Boolean> programs(String list) {
        Map<String, Boolean> programs = new LinkedHashMap<>();
        String now = "";
        for (String line : list.lines().limit(MOST_LINES).map(String::strip).toList()) {
            Matcher listed = LISTED.matcher(line);
            Matcher verdict = ALLOWED.matcher(listed.matches() ? listed.group(1) : line);
            boolean judged = verdict.matches();
            if (listed.matches()) {
                now = judged ? verdict.group(1).strip() : listed.group(1);
            }
            if (judged && !now.isEmpty()) {
                programs.put(now, verdict.group(2).equals("Allow"));
            }
        }
        return programs;
    }

    @Override
    public Verdict judge(Probe probe) {
        if (!on || probe.way() == Way.OUT) {
            return new Verdict.Open();
        }
        if (blocksAll) {
            return new Verdict.Blocked(new Decider(
                    "macOS' application firewall: all that comes in is blocked", TOOL + " --setblockall off"));
        }
        return program.map(this::judge)
                .orElse(new Verdict.Unknown("macOS' application firewall: it depends on the program that listens"));
    }

    private Verdict judge(String ours) {
        Optional<Map.Entry<String, Boolean>> entry = programs.entrySet().stream()
                .filter(one -> ours.equals(one.getKey()) || ours.startsWith(one.getKey() + "/"))
                .findFirst();
        if (entry.isEmpty()) {
            return new Verdict.Unknown("macOS' application firewall: " + ours + " is not listed ("
                    + (letsSigned ? "what is signed is let in" : "the user is asked") + "); to list it: "
                    + Command.of(TOOL, "--add", ours));
        }
        String listed = entry.get().getKey();
        return entry.get().getValue()
                ? new Verdict.Open()
                : new Verdict.Blocked(new Decider(
                        "macOS' application firewall: " + listed + " is blocked",
                        Command.of(TOOL, "--unblockapp", listed).toString()));
    }
}
