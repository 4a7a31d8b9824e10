import { manifestOf } from './manifest';
import { freshPackageReadme } from './readme';
import { packageFolder, VENDOR_PACKAGES } from './table';

/** What is derived in the folders of the packages, as it should stand there: files and their texts. */
export const freshPackageFiles = (): Array<[file: string, text: string]> =>
	VENDOR_PACKAGES.flatMap((one): Array<[string, string]> => {
		const readme = freshPackageReadme(one);
		return [
			[`${packageFolder(one)}/package.json`, `${JSON.stringify(manifestOf(one), null, '\t')}\n`],
			[readme.file, readme.fresh],
		];
	});
