namespace OutbackUptime.Domain.Formats.Sparkplug;

/// <summary>Which of the `value` fields of a metric is set.</summary>
internal enum SparkplugValueKind
{
    /// <summary>None: null, or a template that inherits.</summary>
    None = 0,

    /// <summary>int_value or long_value: bits whose meaning the datatype gives.</summary>
    Integer,

    /// <summary>float_value or double_value.</summary>
    Real,

    /// <summary>boolean_value.</summary>
    Boolean,

    /// <summary>string_value.</summary>
    Text,

    /// <summary>bytes_value, dataset_value, template_value or extension_value.</summary>
    Other,
}
