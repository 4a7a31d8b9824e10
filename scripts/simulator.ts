/** `npm run simulator`: the vendors' platforms on this machine. */
import '../test/simulator/cli';
