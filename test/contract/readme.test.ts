import { freshReadme } from '../../scripts/support/readmes';

test.each(['en', 'zh'] as const)(
	'the tables of the %s readme are those of the code (npm run generate draws them)',
	(language) => {
		const { current, fresh } = freshReadme(language);
		expect(current).toBe(fresh);
	},
);
