import * as parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import redos from 'eslint-plugin-redos';
import { configs } from 'eslint-plugin-regexp';
import { ROOT } from '../pack';
import { lintFolder } from './communityLint';

/**
 * A pattern that takes more than linear time lets whoever sends a long text stop all of n8n. Two
 * linters look for them: the one by proof, the other also by trying.
 */
const config: Linter.Config[] = [
	configs['flat/recommended'],
	{
		files: ['**/*.ts'],
		languageOptions: { parser },
		plugins: { redos },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential' }],
			// What it cannot judge is an error, too.
			'redos/no-vulnerable': ['error', { ignoreErrors: false, cache: false, timeout: 20_000 }],
		},
	},
];

/** Lints the regular expressions of what runs in n8n: a report, empty when all is well. */
export const lintRegularExpressions = async (): Promise<string> =>
	await lintFolder(ROOT, ['{nodes,credentials}/**/*.ts'], config);
