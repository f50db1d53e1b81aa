package dev.byway.agent.api;

/**
 * Why the local API refused a request: the body of every answer from 400 on.
 *
 * @param code for scripts, lower case with hyphens; never reused for another meaning
 * @param message what went wrong
 * @param hint what to do, or empty text
 */
record ApiError(String code, String message, String hint) {
    private static final int MAX_BYTES = 64 * 1024;

    byte[] json() {
        return JsonOutput.bytes(json -> json.object(
                "error",
                error -> error.text("code", code).text("message", message).text("hint", hint)));
    }

    static ApiError read(byte[] json) {
        return JsonInput.read(
                json,
                MAX_BYTES,
                body -> body.object(
                        "error", error -> new ApiError(error.text("code"), error.text("message"), error.text("hint"))));
    }

    /** Message and hint as one text. */
    String sentence() {
        return hint.isEmpty() ? message : message + "; " + hint;
    }
}
