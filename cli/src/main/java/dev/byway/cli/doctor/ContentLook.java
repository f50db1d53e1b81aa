package dev.byway.cli.doctor;

import dev.byway.cli.command.Trouble;
import dev.byway.cli.local.History;
import dev.byway.cli.local.Report;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.ContentRules;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The last download, and the room for the next one. */
record ContentLook(Patient patient) implements Look {
    @Override
    public Set<Check> checks() {
        return EnumSet.of(Check.CONTENT_SIZE, Check.CACHE);
    }

    @Override
    public List<Result> look() {
        List<Result> results = new ArrayList<>();
        Optional<Report> last =
                new History(patient.invocation().state()).newestFirst().stream().findFirst();
        results.add(last.map(report ->
                        ContentRules.size(name(report), report.length(), report.reasons(), patient.settings()))
                .orElseGet(() -> new Result(
                        Check.CONTENT_SIZE, "", new Finding.NotApplicable("nothing was downloaded here so far"))));
        patient.examination().join().map(ContentLook::room).ifPresent(results::add);
        return results;
    }

    private static String name(Report report) {
        return report.url().substring(report.url().lastIndexOf('/') + 1);
    }

    private static Result room(Examination seen) {
        try {
            return ContentRules.room(
                    seen.cache(), Files.getFileStore(Path.of(seen.cache())).getUsableSpace());
        } catch (IOException e) {
            return new Result(
                    Check.CACHE,
                    "",
                    new Finding.NotCollected("cannot look at " + seen.cache() + " (" + Trouble.of(e) + ")"));
        }
    }
}
