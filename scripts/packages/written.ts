import { freshPackageDocs } from './docs';
import { manifestOf } from './manifest';
import { freshPackageReadme } from './readme';
import { packageFolder, VENDOR_PACKAGES } from './table';

/** What is derived of the packages, as it should stand: files and their texts. */
export const freshPackageFiles = (): Array<[file: string, text: string]> => [
	...freshPackageDocs(),
	...VENDOR_PACKAGES.flatMap((one): Array<[string, string]> => {
		const readme = freshPackageReadme(one);
		return [
			[`${packageFolder(one)}/package.json`, `${JSON.stringify(manifestOf(one), null, '\t')}\n`],
			[readme.file, readme.fresh],
		];
	}),
];
