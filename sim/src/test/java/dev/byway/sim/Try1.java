package dev.byway.sim;

public class Try1 {
    public static void main(String[] a) {
        System.out.println("20: " + Office.run(Scenario.flashCrowd(20, 50L << 20, 20, 10), 1));
    }
}
