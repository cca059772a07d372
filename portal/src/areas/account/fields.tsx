import { PasswordInput, TextInput, type PasswordInputProps, type TextInputProps } from '@mantine/core';

export function EmailField(props: TextInputProps) {
  return <TextInput type="email" name="email" label="Email" autoComplete="username" required withAsterisk={false} size="md" {...props} />;
}

export function PasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      name="password"
      label="Password"
      required
      withAsterisk={false}
      size="md"
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
      {...props}
    />
  );
}

/** The text of a field of a submitted form. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};
