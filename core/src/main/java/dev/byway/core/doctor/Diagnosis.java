package dev.byway.core.doctor;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All results about one program, in the order of its checks, each check once. What presupposes something that failed is not collected: it would
 * only repeat that failure in other words.
 */
public record Diagnosis(List<Result> results) {
    public Diagnosis {
        results = List.copyOf(results);
    }

    /** Makes sense of what was found about Byway. */
    public static Diagnosis of(List<Result> found) {
        return of(Program.BYWAY, found);
    }

    /** Makes sense of what was found about one program; of several results for one check the worst counts, and a check without one says so. */
    public static Diagnosis of(Program program, List<Result> found) {
        Map<Check, Result> worst = new EnumMap<>(Check.class);
        found.forEach(result -> worst.merge(result.check(), result, Diagnosis::worse));
        Set<Check> failed = EnumSet.noneOf(Check.class);
        return new Diagnosis(Check.of(program).stream()
                .map(check -> settled(check, Optional.ofNullable(worst.get(check)), failed))
                .toList());
    }

    private static Result settled(Check check, Optional<Result> found, Set<Check> failed) {
        Optional<Check> before =
                Presuppositions.of(check).stream().filter(failed::contains).findFirst();
        Result result = found.orElseGet(() -> new Result(check, "", new Finding.NotCollected("nothing looked at it")));
        boolean says = result.finding() instanceof Finding.Pass || result.finding() instanceof Finding.NotApplicable;
        if (before.isPresent() && !says) {
            return new Result(
                    check,
                    result.tried(),
                    new Finding.NotCollected("because of " + before.get().label()));
        }
        if (result.finding() instanceof Finding.Fail) {
            failed.add(check);
        }
        return result;
    }

    private static Result worse(Result one, Result other) {
        return rank(one.finding()) >= rank(other.finding()) ? one : other;
    }

    private static int rank(Finding finding) {
        return switch (finding) {
            case Finding.NotApplicable _ -> 0;
            case Finding.NotCollected _ -> 1;
            case Finding.Pass _ -> 2;
            case Finding.Warn _ -> 3;
            case Finding.Fail _ -> 4;
        };
    }

    /** Whether nothing has failed. */
    public boolean isHealthy() {
        return results.stream().noneMatch(result -> result.finding() instanceof Finding.Fail);
    }

    /** The results that another diagnosis judged differently, such as pass before and fail now. */
    public List<Result> changedSince(Diagnosis before) {
        return results.stream()
                .filter(result -> !result.finding()
                        .label()
                        .equals(before.of(result.check()).finding().label()))
                .toList();
    }

    /** The result of one check. */
    public Result of(Check check) {
        return results.stream()
                .filter(result -> result.check() == check)
                .findFirst()
                .orElseThrow();
    }
}
