package dev.byway.sim;

/** One office: a line to the world, each way, that all in it share. */
record Site(int number, Pipe in, Pipe out) {
    Site(Agenda agenda, int number, double megabits) {
        this(number, new Pipe(agenda, megabits), new Pipe(agenda, megabits));
    }
}
