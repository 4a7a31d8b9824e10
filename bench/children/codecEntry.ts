/**
 * What the codec benchmark measures of the package: the only imports of `nodes` in the benchmarks.
 * `parts/codec.ts` bundles this file, so that nothing depends on how the package is laid out.
 */
import { sign } from '../../nodes/vendors/m2m/protocol';
import { rowsResponse, smsPlatformRows } from '../../nodes/vendors/smsPlatform/rows';
import { encodeUtf16Hex, simplifyReport } from '../../nodes/vendors/smsPlatform/values';

export { encodeUtf16Hex, sign };

const reports = smsPlatformRows('statusbox');

/** What is in a reply with delivery reports, read and checked all the way to typed items. */
export const reportsIn = (text: string) =>
	rowsResponse(
		reports.parseResponse({ status: 200, contentType: 'text/html', text }),
		simplifyReport,
	).map(({ simplify }) => simplify());
