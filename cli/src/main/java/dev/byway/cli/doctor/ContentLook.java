package dev.byway.cli.doctor;

import dev.byway.cli.local.Report;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.ContentRules;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Result;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The content in question: the one that was asked about, or the last download. */
record ContentLook(Patient patient) implements Look {
    @Override
    public Set<Check> checks() {
        return EnumSet.of(Check.CONTENT_SIZE, Check.HOLDERS);
    }

    @Override
    public List<Result> look() {
        Optional<Report> report = patient.subject().join();
        if (report.isEmpty()) {
            return ContentRules.none(patient.which()
                    .<Finding>map(name -> new Finding.NotCollected(
                            "no download of " + name + " is remembered: byway get it, then ask again"))
                    .orElseGet(() -> new Finding.NotApplicable("nothing was downloaded here so far")));
        }
        ContentRules.Subject subject = subject(report.get());
        List<Result> results = new ArrayList<>();
        results.add(ContentRules.size(subject, patient.settings()));
        patient.examination()
                .join()
                .map(Examination::fleet)
                .ifPresent(fleet -> results.add(ContentRules.holders(subject, fleet, patient.settings())));
        return results;
    }

    private ContentRules.Subject subject(Report report) {
        return new ContentRules.Subject(
                report.url().substring(report.url().lastIndexOf('/') + 1),
                report.content(),
                report.length(),
                patient.which().isPresent());
    }
}
