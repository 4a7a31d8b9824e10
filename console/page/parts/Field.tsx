import type { ComponentChildren } from 'preact';

/** A control below its label. */
export const Field = ({
	label,
	hint,
	children,
}: {
	label: string;
	hint?: string;
	children: ComponentChildren;
}) => (
	<label class="field">
		<span class="label">{label}</span>
		{children}
		{hint !== undefined && <span class="hint">{hint}</span>}
	</label>
);

export const Check = ({
	label,
	checked,
	onChange,
}: {
	label: string;
	checked: boolean;
	onChange: (checked: boolean) => void;
}) => (
	<label class="check">
		<input
			type="checkbox"
			checked={checked}
			onChange={(event) => onChange(event.currentTarget.checked)}
		/>
		<span>{label}</span>
	</label>
);
