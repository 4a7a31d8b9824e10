/**
 * `npm run lint`: the official community linter on the source and on the packed tarball, and the
 * linter of regular expressions on the source.
 */
import { packPackage } from './pack';
import { lintSource, lintTarball } from './support/communityLint';
import { lintRegularExpressions } from './support/regexpLint';
import { runScript } from './support/script';

runScript(async () => {
	const reports = [
		await lintSource(),
		await lintRegularExpressions(),
		await lintTarball(await packPackage()),
	].filter(Boolean);
	console.log(reports.join('\n') || 'No problems in the source and in the tarball.');
	return reports.length === 0 ? 0 : 1;
});
