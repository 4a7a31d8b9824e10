/** `npm run bench`: see the folder `bench`. */
import '../bench/main';
