/** `npm run docs`: draws the tables of the readmes from the code. */
import { writeReadmes } from './support/readmes';

writeReadmes();
