/**
 * `npm run lint`: the official community linter on the source and on the packed tarball of all
 * packages, and the linter of regular expressions on the source.
 */
import { packPackage } from './pack';
import { lintVendorPackages } from './packages/lint';
import { lintSource, lintTarball } from './support/communityLint';
import { lintRegularExpressions } from './support/regexpLint';
import { runScript } from './support/script';

runScript(async () => {
	const reports = [
		await lintSource(),
		await lintRegularExpressions(),
		await lintTarball(await packPackage()),
		...(await lintVendorPackages()),
	].filter(Boolean);
	console.log(reports.join('\n') || 'No problems in the source and in the tarballs.');
	return reports.length === 0 ? 0 : 1;
});
