package dev.byway.sim;

public class Try {
    public static void main(String[] a) {
        long t = System.nanoTime();
        for (int s = 1; s <= 3; s++)
            System.out.println(" 8: " + Office.run(Scenario.flashCrowd(8, 50L << 20, 50, 20), s));
        for (int s = 1; s <= 3; s++)
            System.out.println("20: " + Office.run(Scenario.flashCrowd(20, 50L << 20, 20, 10), s));
        for (int s = 1; s <= 2; s++)
            System.out.println("40: " + Office.run(Scenario.flashCrowd(40, 50L << 20, 10, 5), s));
        for (int s = 1; s <= 2; s++)
            System.out.println("50: " + Office.run(Scenario.flashCrowd(50, 32L << 20, 50, 20), s));
        for (int s = 1; s <= 2; s++)
            System.out.println("1: " + Office.run(Scenario.flashCrowd(1, 50L << 20, 50, 20), s));
        for (int s = 1; s <= 2; s++) {
            var r = Office.run(Scenario.flashCrowd(10, 50L << 20, 50, 20).withLiars(2, 2, 1), s);
            System.out.println("liars: " + r);
            if (s == 1) r.devices().get(0).story().forEach(System.out::println);
        }
        for (int s = 1; s <= 2; s++)
            System.out.println("trouble: "
                    + Office.run(
                            Scenario.flashCrowd(10, 50L << 20, 50, 20)
                                    .withTrouble(5, 2, java.time.Duration.ofSeconds(10)),
                            s));
        System.out.println((System.nanoTime() - t) / 1000000 + " ms");
    }
}
